"""More small lists with traps of their own: data files, wikis, cards, other languages.

An idea is written as title | mentors | levels | hours.
"""

# ruff: noqa: E501  (lists are written as people write them)

ODD_SAMPLES: dict[str, tuple[str, str, str]] = {
    "a part with the same name in every idea is no idea": (
        "a.md",
        """
# Ideas
## Project 1: Faster boot
### Basics
- Primary mentor: Ada
- Difficulty: Easy
### Description
Cut the waits.
## Project 2: Slower boot
### Basics
- Primary mentor: Cleo
- Difficulty: Hard
### Description
Add them again.
## Project 3: Same boot
### Basics
- Primary mentor: Dan
- Difficulty: Medium
### Description
Leave it.
""",
        "Faster boot | Ada | easy |\nSlower boot | Cleo | hard |\nSame boot | Dan | medium |",
    ),
    "what was done in other years is none": (
        "a.md",
        """
## Project ideas
### Faster boot
- Mentors: Ada
- Length: 90 hours
### Slower boot
- Mentors: Cleo
- Length: 175 hours
## Completed projects
### Old boot (2024)
- Mentors: Dan
- Length: 350 hours
- Student: Eve
### Older boot (2023)
- Mentors: Dan
- Length: 350 hours
""",
        "Faster boot | Ada | | 90\nSlower boot | Cleo | | 175",
    ),
    "other ideas are ideas": (
        "a.md",
        """
## Kernel ideas
### Faster boot
- Mentors: Ada
- Difficulty: easy
## Additional ideas
### Slower boot
- Mentors: Cleo
- Difficulty: hard
""",
        "Faster boot | Ada | easy |\nSlower boot | Cleo | hard |",
    ),
    "a key to the fields is none, nor is the list of mentors": (
        "a.md",
        """
# Potential projects
- Difficulty: how hard we think it is
- Time: an estimate in hours
- Mentor: whom you will work with
# Projects list
## Faster boot
**Difficulty:** Hard
**Time:** 350 hours
**Mentor:** Ada
## Slower boot
**Difficulty:** Easy
**Time:** 90 hours
**Mentor:** Cleo
# Organization
## Mentors
- Ada
- Cleo
""",
        "Faster boot | Ada | hard | 350\nSlower boot | Cleo | easy | 90",
    ),
    "titles without any mark, above labels that stand alone": (
        "a.md",
        """
# Summer of Code

Cloud functions for us

Today we support one cloud. This is about another, and about tests for both of them.

**Prerequisites**

Scala, some cloud

**Expected difficulty**

Medium.

**Mentors**

[@ada](https://x.org/ada) [@cleo](https://x.org/cleo)

Native files for us

A reader that asks the kernel, and a writer that does so as well, without copies.

**Prerequisites**

Scala

**Expected difficulty**

Hard. Nobody did it yet.

**Mentors**

[@dan](https://x.org/dan)
""",
        "Cloud functions for us | ada, cleo | medium |\nNative files for us | dan | hard |",
    ),
    "links to change a heading are not in its title": (
        "a.html",
        """
<h2>Ideas<span>[<a href="/e?1">edit</a>]</span></h2>
<h3>Faster boot<span>[<a href="/e?2">edit</a>]</span></h3>
<ul><li>Skill level: intermediate</li><li>Mentors: Ada &lt;ada@x.org&gt;</li></ul>
<h3>Slower boot<a href="#slower">¶</a></h3>
<ul><li>Skill level: expert</li><li>Mentors: Cleo &lt;cleo@x.org&gt;</li></ul>
""",
        "Faster boot | Ada | medium |\nSlower boot | Cleo | hard |",
    ),
    "headings without a blank": (
        "a.md",
        """
##Faster boot##
**Mentor:** Ada
**Difficulty:** easy

###Slower boot
**Mentor:** Cleo
**Difficulty:** hard
""",
        "Faster boot | Ada | easy |\nSlower boot | Cleo | hard |",
    ),
    "a size to choose is several": (
        "a.md",
        """
| Idea | Length | Difficulty | Primary mentor | Secondary mentor |
|---|---|---|---|---|
| [Faster boot](a.md) | Long (~350 hours) for both <br/><br/> Medium (~175 hours) for one | Medium / High | Ada | Cleo |
| [Slower boot](b.md) | Medium (~175 hours) | Easy | Dan | |
""",
        "Faster boot | Ada, Cleo | medium, hard | 350, 175\nSlower boot | Dan | easy | 175",
    ),
    "stars and dashes in a table of facts": (
        "a.md",
        """
### Faster boot
Make it fast.

| Category | Rating |
| :-- | :-- |
| Low hanging fruit | - |
| Risk | ** |
| Fun | *** |
| Core | ** |
| Infrastructure | * |
| Project size | Large |
| Preferred contributor | Student |
| Contact | @ada @cleo |

### Slower boot
Make it slow.

| Category | Rating |
| :-- | :-- |
| Low hanging fruit | * |
| Risk | - |
| Fun | - |
| Core | * |
| Infrastructure | * |
| Project size | Small |
| Preferred contributor | Professional |
| Contact | @dan |
""",
        "Faster boot | ada, cleo | | 350\nSlower boot | dan | | 90",
    ),
    "who somebody is, is nobody": (
        "a.md",
        """
## Ideas
### Faster boot
Level of difficulty: Hard
#### Mentors
Ada Byron, Project Leader Boots (ada at x dot org), Grace H. Murray, author of COBOL (grace at x dot org), TBD
### Slower boot
Level of difficulty: Easy
#### Mentors
- Lead: Dan d'Arc
- Support: TBC - UI team
""",
        "Faster boot | Ada Byron, Grace H. Murray | hard |\nSlower boot | Dan d'Arc | easy |",
    ),
    "links that touch the words beside them": (
        "a.md",
        """
## Faster boot
- Size: Small (90h)
- Mentors:
[Ada Byron](https://x.org/a)and[Cleo](https://x.org/c)

## Slower boot
- Size: Medium (175h)
- Mentors:
[Dan](https://x.org/d)- Fallback:[Ada Byron](https://x.org/a)
""",
        "Faster boot | Ada Byron, Cleo | | 90\nSlower boot | Dan, Ada Byron | | 175",
    ),
    "labels without colons": (
        "a.md",
        """
## Faster boot
- Skill level medium
- Size 350 hours
- Mentor: Ada

## Slower boot
- Skill level beginner
- Size 90 hours
- Mentor: Cleo
""",
        "Faster boot | Ada | medium | 350\nSlower boot | Cleo | easy | 90",
    ),
    "YAML with few fields": (
        "a.yaml",
        """
- name: Faster boot
  mentor: Ada
- name: Slower boot
  mentor: [Cleo, Dan]
""",
        "Faster boot | Ada | |\nSlower boot | Cleo, Dan | |",
    ),
    "YAML by areas, with people as objects": (
        "a.yml",
        """
year: 2026
organisation: Boots
areas:
  - area: Kernel
    projects:
      - project_title: Faster boot
        people:
          mentors:
            - {name: Ada Byron, email: ada@x.org}
            - {github: cleo}
        expected_size: 350h
        difficulty_level: Hard
  - area: Tools
    projects:
      - project_title: Slower boot
        people:
          mentors: [{name: Dan}]
        expected_size: medium
        difficulty_level: beginner
""",
        "Faster boot | Ada Byron, cleo | hard | 350\nSlower boot | Dan | easy | 175",
    ),
    "YAML with a title for each key": (
        "a.yaml",
        """
ideas:
  Faster boot:
    mentors: Ada, Cleo
    hours: 90
    level: easy
  Slower boot:
    mentors: Dan
    hours: [175, 350]
    level: [medium, hard]
""",
        "Faster boot | Ada, Cleo | easy | 90\nSlower boot | Dan | medium, hard | 175, 350",
    ),
    "JSON with names of its own": (
        "a.json",
        """
{"meta": {"org": "Boots", "year": 2026}, "items": [
 {"id": "fast", "headline": "Faster boot", "supervisors": ["Ada"], "estimatedHours": 350, "complexity": "High", "requirements": {"must": ["C"], "nice": ["Rust"]}},
 {"id": "slow", "headline": "Slower boot", "supervisors": ["Cleo", "Dan"], "estimatedHours": 90, "complexity": "Low", "requirements": {"must": [], "nice": []}}
]}
""",
        "Faster boot | Ada | hard | 350\nSlower boot | Cleo, Dan | easy | 90",
    ),
    "JSON by slugs": (
        "a.json",
        """
{"projects": {
 "fast": {"title": "Faster boot", "mentors": [{"name": "Ada", "handle": "@ada"}], "size": {"label": "large", "hours": 350}, "difficulty": "hard"},
 "slow": {"title": "Slower boot", "mentors": [{"name": "Cleo"}], "size": {"label": "small", "hours": 90}, "difficulty": null}
}}
""",
        "Faster boot | Ada | hard | 350\nSlower boot | Cleo | | 90",
    ),
    "TOML with tables of tables": (
        "a.toml",
        """
title = "Ideas 2026"

[[idea]]
title = "Faster boot"
mentors = ["Ada", "Cleo"]
difficulty = "medium"
size = 175

[idea.contact]
irc = "#boots"

[[idea]]
title = "Slower boot"
mentors = ["Dan"]
difficulty = "hard"
size = "350 hours"
""",
        "Faster boot | Ada, Cleo | medium | 175\nSlower boot | Dan | hard | 350",
    ),
    "AsciiDoc with titles of blocks and attributes": (
        "a.adoc",
        """
= Ideas
:toc:
:ada: Ada Byron

[#fast]
== Faster boot in C{plus}{plus}

Cut the waits of `init`.

.Mentors
* {ada}
* mailto:cleo@x.org[Cleo]

.Difficulty
Hard

.Project size
350 hours

[[slow]]
== Slower +boot+

Mentors:: Dan
Difficulty:: Easy
Project size:: 90 hours
""",
        "Faster boot in C++ | Ada Byron, Cleo | hard | 350\nSlower boot | Dan | easy | 90",
    ),
    "AsciiDoc with ideas as terms": (
        "a.adoc",
        """
== Ideas

Faster boot::
  Cut the waits.
  +
  _Difficulty:_ medium. _Potential mentors:_ Ada Byron, Cleo (Boots).

Slower boot::
  Add them again.
  +
  _Difficulty:_ high. _Potential mentor:_ Dan (Boots).
""",
        "Faster boot | Ada Byron, Cleo | medium |\nSlower boot | Dan | hard |",
    ),
    "ideas that begin as a word about the programme does": (
        "a.md",
        """
# Ideas
## Contact sync for old phones
Mentor: Ada Byron

## Background jobs that survive a restart
Mentor: Konrad 'kt' Zuse

## Writing a name service
Mentor: Dan

## Application instructions for GSoC 2026
Mentor: you write to one of those above.

## Evaluation of proposals
Mentors read them.
""",
        "Contact sync for old phones | Ada Byron | |\nBackground jobs that survive a restart | Konrad 'kt' Zuse | |\nWriting a name service | Dan | |",
    ),
    "AsciiDoc with boxes for notes": (
        "a.adoc",
        """
== Faster boot

[NOTE]
====
Ask first.
====

*Mentors:* Ada Byron +
*Difficulty:* Hard +
*Size:* 350 hours

== Slower boot

.How
----
sleep 1
----

*Mentors:* Dan +
*Difficulty:* Easy +
*Size:* 90 hours
""",
        "Faster boot | Ada Byron | hard | 350\nSlower boot | Dan | easy | 90",
    ),
    "names that a line breaks, and roles beside them": (
        "a.md",
        """
## Faster boot
- Technical contacts:
[ada](https://x.org/a) or [cleo](https://x.org/c) - Difficulty level: High
- Size: 350 hours

## Slower boot
- Technical contacts:
[dan](https://x.org/d) - Difficulty level: Low
- Size: 90 hours
""",
        "Faster boot | ada, cleo | hard | 350\nSlower boot | dan | easy | 90",
    ),
    "a level and a scope that only their values tell": (
        "a.md",
        """
## Faster boot
* **Assessment level:** advanced
* **Project scope:** large (16-18 weeks)
* **Mentors:**
  - Grace (Amazing) Hopper <grace@x.org>

## Slower boot
* **Assessment level:** beginner
* **Project scope:** small (8 weeks)
* **Mentors:**
  - Dan <dan@x.org>
""",
        "Faster boot | Grace (Amazing) Hopper | hard | 350\nSlower boot | Dan | easy | 90",
    ),
    "a text that no second label divides": (
        "a.md",
        """
## Faster boot

**Description:** The boot is limited by waits, and the `cat()`

frames of `from_blob()`

.

**Difficulty:** Hard

**Mentor:** Ada Byron

**Backup mentor:** Cleo

## Slower boot

**Description:** Add them again.

**Difficulty:** Easy

**Mentor:** Dan

## Template project

**Difficulty:**

**Mentor:** someone @ somewhere
""",
        "Faster boot | Ada Byron, Cleo | hard |\nSlower boot | Dan | easy |",
    ),
    "mentors of all, above the ideas": (
        "a.md",
        """
See the timeline for more details.
------

**Potential mentors**
 * Ada Byron (`ada@x.org`)
 * Dan (`dan@x.org`)

## Application process
Write code first.

## **Idea:** Faster boot
 - **Possible Mentor(s)**: Ada Byron
 - **Difficulty**: Hard

## **Idea:** Slower boot
 - **Possible Mentor(s)**: Dan
 - **Difficulty**: Easy
""",
        "Faster boot | Ada Byron | hard |\nSlower boot | Dan | easy |",
    ),
    "AsciiDoc with fields on top": (
        "a.adoc",
        """
---
title: "Faster boot"
status: published
skills:
- Java
mentors:
- name: "Martin d'Anjou"
  github: "martin"
- name: "Ada"
---

Cut the waits.

==== Quickstart

1. Build it
""",
        "Faster boot | Martin d'Anjou, Ada | |",
    ),
    "an AsciiDoc table with a row an idea": (
        "a.adoc",
        """
== Ideas
[cols="2,1,1,1",options="header"]
|===
|Idea |Mentors |Difficulty |Size

|https://x.org/1[Faster boot]
|Ada, Cleo
|Easy
|90 hours

|Slower boot
|Dan
|Hard
|350 hours
|===
""",
        "Faster boot | Ada, Cleo | easy | 90\nSlower boot | Dan | hard | 350",
    ),
    "Org with states, tags and drawers": (
        "a.org",
        """
#+TITLE: Ideas for GSoC
#+TODO: OPEN TAKEN | DONE
* Introduction
We are boots.
* Ideas
** TODO [#A] Faster boot                                   :kernel:c:
:PROPERTIES:
:MENTORS: Ada Byron, Cleo
:DIFFICULTY: Medium
:HOURS: 350
:END:
Cut the [[https://x.org/w/][waits]] of [[https://x.org/i/][init]].
** Slower boot
:PROPERTIES:
:MENTORS: Dan
:DIFFICULTY: Easy
:HOURS: 90
:END:
Add them again.
""",
        "Faster boot | Ada Byron, Cleo | medium | 350\nSlower boot | Dan | easy | 90",
    ),
    "Org with links for mentors and terms for ideas": (
        "a.org",
        """
* Project ideas
- Faster boot :: Cut the waits.

  /Difficulty:/ medium. /Mentors:/ [[https://x.org/ada/][Ada]], [[https://x.org/cleo/][Cleo]]

- Slower boot :: Add them again.

  - one
  - two

  /Difficulty:/ hard. /Mentors:/ [[https://x.org/dan/][Dan]]
""",
        "Faster boot | Ada, Cleo | medium |\nSlower boot | Dan | hard |",
    ),
    "a MoinMoin table with a row an idea": (
        "a.moin",
        """
#format wiki
= Ideas =
||<rowstyle="background: #eee"> '''Project''' || '''Mentors''' || '''Difficulty''' || '''Length''' ||
|| [[Boot/Fast|Faster boot]] || Ada Byron, Cleo || Medium || 175 hours ||
||<bgcolor="#fff"> Slower boot || Dan || Hard || 350 hours ||
""",
        "Faster boot | Ada Byron, Cleo | medium | 175\nSlower boot | Dan | hard | 350",
    ),
    "MoinMoin with names and values": (
        "a.moin",
        """
= Ideas =
== Faster boot ==
 Mentors:: Ada Byron, Cleo
 Difficulty:: Medium
 Description:: Cut the waits.
== Slower boot ==
 Mentors:: Dan
 Difficulty:: Hard
 Description:: Add them again.
""",
        "Faster boot | Ada Byron, Cleo | medium |\nSlower boot | Dan | hard |",
    ),
    "MediaWiki with pictures, entities and HTML": (
        "a.mediawiki",
        """
== Ideas ==
=== [[File:boot.png|20px]] Faster boot &amp; start ===
Cut the waits.<br/>'''Mentor:''' [[User:Ada|Ada&nbsp;Byron]]<br/>'''Difficulty:''' Medium<br/>'''Size:''' 175&nbsp;h
=== Slower &quot;boot&quot; ===
<p>Add them again.</p>
<b>Mentor:</b> Dan<br>
<b>Difficulty:</b> Hard<br>
<b>Size:</b> 350 h
[[Category:GSoC]]
""",
        'Faster boot & start | Ada Byron | medium | 175\nSlower "boot" | Dan | hard | 350',
    ),
    "HTML cards": (
        "a.html",
        """
<section class="cards">
<div class="card"><div class="card-header"><h4>Faster boot</h4><span class="badge">Medium</span><span class="badge">175 hours</span></div>
<div class="card-body"><p>Cut the waits.</p><p><strong>Mentors:</strong> Ada Byron, Cleo</p></div></div>
<div class="card"><div class="card-header"><h4>Slower boot</h4><span class="badge">Hard</span><span class="badge">350 hours</span></div>
<div class="card-body"><p>Add them again.</p><p><strong>Mentors:</strong> Dan</p></div></div>
</section>
""",
        "Faster boot | Ada Byron, Cleo | medium | 175\nSlower boot | Dan | hard | 350",
    ),
    "HTML that folds": (
        "a.html",
        """
<h2>Ideas</h2>
<div class="accordion">
<details><summary><b>Faster boot</b> <i>(Medium, 175 hours)</i></summary><p>Cut the waits.</p><dl><dt>Mentors</dt><dd>Ada Byron</dd><dd>Cleo</dd></dl></details>
<details><summary><b>Slower boot</b> <i>(Hard, 350 hours)</i></summary><p>Add them again.</p><dl><dt>Mentors</dt><dd>Dan</dd></dl></details>
</div>
<details><summary>How do I apply?</summary><p>Write to the mentors.</p></details>
""",
        "Faster boot | Ada Byron, Cleo | medium | 175\nSlower boot | Dan | hard | 350",
    ),
    "HTML with buttons that fold": (
        "a.html",
        """
<div class="accordion-item"><h2 class="accordion-header"><button>Faster boot</button></h2><div class="accordion-body">
<table><tr><th>Mentors</th><td>Ada Byron</td></tr><tr><th>Difficulty</th><td>Medium</td></tr><tr><th>Size</th><td>175 h</td></tr></table></div></div>
<div class="accordion-item"><h2 class="accordion-header"><button>Slower boot</button></h2><div class="accordion-body">
<table><tr><th>Mentors</th><td>Dan</td></tr><tr><th>Difficulty</th><td>Hard</td></tr><tr><th>Size</th><td>350 h</td></tr></table></div></div>
""",
        "Faster boot | Ada Byron | medium | 175\nSlower boot | Dan | hard | 350",
    ),
    "numbered ideas with bullets": (
        "a.md",
        """
# Ideas for this summer

We look for people who like boots. How to apply: write to us.

1. **Faster boot**
   - Cut the waits.
   - Mentors: Ada Byron, Cleo
   - Difficulty: Medium
   - Size: 175 hours
2. **Slower boot**
   - Add them again.
   - Mentors: Dan
   - Difficulty: Hard
   - Size: 350 hours

## How to apply
1. **Say hello**
   - in the channel
2. **Write a proposal**
   - and ask the mentors
""",
        "Faster boot | Ada Byron, Cleo | medium | 175\nSlower boot | Dan | hard | 350",
    ),
    "bold titles alone": (
        "a.md",
        """
Ideas for the summer.

**Faster boot**

Cut the waits of the whole thing.

*Mentors*: Ada Byron & Cleo
*Difficulty*: Medium (175 hours)

**Slower boot**

Add them again.

*Mentors*: Dan
*Difficulty*: Hard (350 hours)
""",
        "Faster boot | Ada Byron, Cleo | medium | 175\nSlower boot | Dan | hard | 350",
    ),
    "German": (
        "a.md",
        """
# Projektideen
## Schneller starten
- **Betreuer:** Ada Byron und Cleo
- **Schwierigkeit:** mittel
- **Umfang:** 175 Stunden
- **Voraussetzungen:** C
## Langsamer starten
- **Betreuer:** Dan
- **Schwierigkeit:** schwer
- **Umfang:** 350 Stunden
- **Voraussetzungen:** C
""",
        "Schneller starten | Ada Byron, Cleo | medium | 175\nLangsamer starten | Dan | hard | 350",
    ),
    "French": (
        "a.md",
        """
# Idées de projets
## Démarrer plus vite
- **Mentors :** Ada Byron et Cleo
- **Difficulté :** facile
- **Durée :** 90 heures
- **Compétences :** C
## Démarrer moins vite
- **Mentor :** Dan
- **Difficulté :** difficile
- **Durée :** 350 heures
- **Compétences :** C
""",
        "Démarrer plus vite | Ada Byron, Cleo | easy | 90\nDémarrer moins vite | Dan | hard | 350",
    ),
    "Spanish": (
        "a.md",
        """
# Ideas de proyectos
## Arrancar antes
- **Mentores:** Ada Byron y Cleo
- **Dificultad:** media
- **Duración:** 175 horas
- **Requisitos:** C
## Arrancar después
- **Mentor:** Dan
- **Dificultad:** alta
- **Duración:** 350 horas
- **Requisitos:** C
""",
        "Arrancar antes | Ada Byron, Cleo | medium | 175\nArrancar después | Dan | hard | 350",
    ),
    "reStructuredText with signs at odds": (
        "a.rst",
        """
Ideas
=====

Kernel
------

Notes
^^^^^
Be quick.

Tools
-----

Faster boot
~~~~~~~~~~~

| Possible mentors: Ada Byron, Cleo
| Expected size of project: 350 hours
| Difficulty: medium

Slower boot
~~~~~~~~~~~

| Possible mentors: Dan
| Expected size of project: 90 hours
| Difficulty: easy
""",
        "Faster boot | Ada Byron, Cleo | medium | 350\nSlower boot | Dan | easy | 90",
    ),
    "reStructuredText with a table for each idea": (
        "a.rst",
        """
Ideas
=====

Faster boot
-----------

========== ==============
Mentors    Ada Byron
Difficulty Medium
Size       175 hours
========== ==============

Slower boot
-----------

+------------+-----------+
| Mentors    | Dan       |
+------------+-----------+
| Difficulty | Hard      |
+------------+-----------+
| Size       | 350 hours |
+------------+-----------+
""",
        "Faster boot | Ada Byron | medium | 175\nSlower boot | Dan | hard | 350",
    ),
    "comma-separated rows": (
        "a.csv",
        """Project,Description,Mentors,Skill level,Size
"Faster boot","Cut the waits, all of them","Ada Byron, Cleo",Intermediate,175
"Slower boot","Add them again","Dan",Advanced,350
""",
        "Faster boot | Ada Byron, Cleo | medium | 175\nSlower boot | Dan | hard | 350",
    ),
}
