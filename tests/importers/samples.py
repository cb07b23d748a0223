"""Small lists with their traps: a name, a text, and the ideas that a careful reader finds in it.

An idea is written as title | mentors | levels | hours.
"""

# ruff: noqa: E501  (lists are written as people write them)

SAMPLES: dict[str, tuple[str, str, str]] = {
    "ideas in comments are none": (
        "a.md",
        """
## Ideas
### Faster boot
**Mentor:** Ada
**Size:** 90 hours

<!--
### Hidden thing
**Mentor:** Bob
**Size:** 350 hours
-->
### Slower boot
**Mentor:** Cleo <!-- and Dan -->
**Size:** 175 hours
""",
        "Faster boot | Ada | | 90\nSlower boot | Cleo | | 175",
    ),
    "comments in reStructuredText too": (
        "a.rst",
        """
Ideas
=====

Faster boot
-----------
:Mentor: Ada
:Difficulty: Easy

..
   Hidden thing
   ------------
   :Mentor: Bob
   :Difficulty: Hard

.. Another: one
   **Mentor**: Eve

Slower boot
-----------
:Mentor: Cleo
:Difficulty: Hard
""",
        "Faster boot | Ada | easy |\nSlower boot | Cleo | hard |",
    ),
    "a template is none, whether it is shown as code or not": (
        "a.md",
        """
# Ideas
## Template
### Project title
**Mentor:** Jane Doe
**Difficulty:** Easy / Medium / Hard

```
### Project title
**Mentor:** Jane Doe
```
## Real things
### Port it
**Mentor:** Ada
**Difficulty:** Medium
""",
        "Port it | Ada | medium |",
    ),
    "a call for one's own ideas is none": (
        "a.md",
        """
## Port it
- Mentors: Ada
- Difficulty: easy
## Propose your own idea
- Mentors: anyone
- Difficulty: any
## Other ideas
Contact: us
""",
        "Port it | Ada | easy |",
    ),
    "drafts are told apart": (
        "a.md",
        """
# Ideas
## Port it
Mentor: Ada

Difficulty: easy
# Draft ideas
## Not yet
Mentor: Bob

Difficulty: hard
""",
        "Port it | Ada | easy |\nNot yet (draft) | Bob | hard |",
    ),
    "nobody is nobody": (
        "a.md",
        """
## One
- Mentors: TBD
- Difficulty: Easy
## Two
- Mentors: Ada Byron, TBA
- Difficulty: Unknown
## Three
- Mentors: to be announced
- Difficulty: TBD
## Four
- Mentors: almost any committer
- Difficulty: ⭐⭐⭐
## Five
- Mentors: [TBD]
- Difficulty: 3/5
## Six
- Mentors: (add yourself here!)
- Size: TBD
## Seven
- Mentors: N/A
- Size: 12 weeks
## Eight
- Mentors: ???
- Size: ask
""",
        "One | | easy |\nTwo | Ada Byron | |\nThree | | |\nFour | | |\nFive | | |\nSix | | |\nSeven | | |\nEight | | |",
    ),
    "people in every dress": (
        "a.md",
        """
## One
**Mentors:** [Ada Byron](https://example.org/ada) ([@ada](https://x.org/ada)), @kofi, Grace Hopper <grace@example.org>
**Difficulty:** low
## Two
**Mentors:** Ada Byron (ada AT example DOT org), Jean de La Tour [jean at example.org] and Ömer
**Difficulty:** moderate
## Three
**Mentors:**
 * Ada Byron (lead)
 * Co-mentor: Grace Hopper
 * Backup mentor - Mary O'Neill
 * `@zed_9` - Zulip: zed

**Difficulty:** Beginner-friendly
## Four
**Mentors:** Primary: Ada Byron; Secondary: Grace Hopper, the core team
**Difficulty:** Intermediate/Advanced
## Five
**Contact:** Ada Byron, ada@example.org, #channel on IRC
**Difficulty:** high
## Six
**Mentor:** Ada Byron, Student: Bo Cao
**Difficulty:** medium
## Seven
**Mentors:** Ada Byron; Grace Hopper AND dev@lists.example.org on all communications; tag mails with [GSoC]
**Difficulty:** Medium (could be hard if you go for the stretch goal)
## Eight
**Mentors**: Dr. Ada Byron, Prof. Grace Hopper (University of Somewhere, CS dept.), Li Wei / @mo-2
**Difficulty:** Hard, because easy was taken
""",
        "One | Ada Byron, kofi, Grace Hopper | easy |\n"
        "Two | Ada Byron, Jean de La Tour, Ömer | medium |\n"
        "Three | Ada Byron, Grace Hopper, Mary O'Neill, zed_9 | easy |\n"
        "Four | Ada Byron, Grace Hopper | medium, hard |\n"
        "Five | Ada Byron | hard |\n"
        "Six | Ada Byron | medium |\n"
        "Seven | Ada Byron, Grace Hopper | medium |\n"
        "Eight | Ada Byron, Grace Hopper, Li Wei, mo-2 | hard |",
    ),
    "hours as they are written": (
        "a.md",
        """
## One
* Mentor: Ada
* Size: 90 or 175 hours or 350 hours
## Two
* Mentor: Ada
* Size: Small (90 hours) - Large (350 hours)
## Three
* Mentor: Ada
* Size: Medium/Large
## Four
* Mentor: Ada
* Size: 300-350
## Five
* Mentor: Ada
* Size: 350hrs, 175hrs if experienced
## Six
* Mentor: Ada
* Size: large (~175 hour projects)
## Seven
* Mentor: Ada
* Size: 12 weeks, 20 hours per week
## Eight
* Mentor: Ada
* Size: short
## Nine
* Mentor: Ada
* Duration: 10 weeks (175h)
## Ten
* Mentor: Ada
* Difficulty and size: medium, 350 hours
""",
        "One | Ada | | 90, 175, 350\nTwo | Ada | | 90, 350\nThree | Ada | | 175, 350\nFour | Ada | | 300, 350\n"
        "Five | Ada | | 350, 175\nSix | Ada | | 175\nSeven | Ada | |\nEight | Ada | | 90\nNine | Ada | | 175\n"
        "Ten | Ada | medium | 350",
    ),
    "difficulty and size in headings and in sentences": (
        "a.md",
        """
# Ideas
### Port it (Easy, 90h)
**Mentors:** Ada
### Mend it [350 hours]
**Mentors:** Ada

This is a project of medium difficulty.
### Paint it (in any colour)
**Mentors:** Ada

The project should take 175 hours. Difficulty is hard.
""",
        "Port it | Ada | easy | 90\nMend it | Ada | medium | 350\nPaint it (in any colour) | Ada | hard | 175",
    ),
    "an umbrella's subprojects are no ideas": (
        "a.md",
        """
# Ideas
## Alpha
Alpha is a compiler. Mentors: ask on the list.
### Port Alpha
Mentors: Ada
Difficulty: easy
### Mend Alpha
Mentors: Bob
Difficulty: hard
## Beta
### Port Beta
Mentors: Cleo
Difficulty: easy
""",
        "Port Alpha | Ada | easy |\nMend Alpha | Bob | hard |\nPort Beta | Cleo | easy |",
    ),
    "ideas of two levels of headings": (
        "a.md",
        """
## Ideas
### First
**Mentors:** Ada
**Difficulty:** easy
## Second
**Mentors:** Bob
**Difficulty:** hard
### Details
More words.
### Third
**Mentors:** Cleo
**Difficulty:** hard
""",
        "First | Ada | easy |\nSecond | Bob | hard |\nThird | Cleo | hard |",
    ),
    "an idea that says little among those that say more": (
        "a.md",
        """
# Ideas
## How to apply
Requirements: be nice.
## First
Text.

Mentors: Ada
## Second
Just a text.
## Third
Text.

Mentors: Cleo
## Contact us
Mail us.
""",
        "First | Ada | |\nSecond | | |\nThird | Cleo | |",
    ),
    "ideas without any field, below a heading that promises them": (
        "a.md",
        """
# Summer of code
## How to apply
Write.
## Project ideas
### Port it
To another machine.
### Mend it
It is broken.
""",
        "Port it | | |\nMend it | | |",
    ),
    "a summary table before the ideas is the same ideas": (
        "a.md",
        """
# Ideas
| Project | Difficulty | Size |
|---|---|---|
| [Port it](#port-it) | Easy | 90 h |
| [Mend it](#mend-it) | Hard | 350 h |

## Port it
Mentors: Ada
## Mend it
Mentors: Bob
""",
        "Port it | Ada | easy | 90\nMend it | Bob | hard | 350",
    ),
    "tables about other things are no ideas": (
        "a.md",
        """
# Ideas
| Event | Date |
|---|---|
| Start | May 1 |

| Mentor | Expertise | Time zone |
|---|---|---|
| Ada | C | UTC |
| Bob | C | UTC |

| Name | Skills | Mail |
|---|---|---|
| Ada | C | a@example.org |

## Port it
Mentors: Ada
Difficulty: easy
""",
        "Port it | Ada | easy |",
    ),
    "a column an idea": (
        "a.md",
        """
| | Port it | Mend it |
|---|---|---|
| Mentors | Ada | Bob |
| Difficulty | easy | hard |
| Hours | 90 | 175 |
""",
        "Port it | Ada | easy | 90\nMend it | Bob | hard | 175",
    ),
    "labels in the value of another field are part of it": (
        "a.md",
        """
## Port it
### Prerequisites
- **Language:** C
- **Difficulty of the mathematics:** none
### Mentors
- Ada
### Milestones
1. Duration of a week: read.
2. Duration of a month: write.
### Difficulty
Easy
## Mend it
### Prerequisites
- **Language:** C
### Mentors
- Bob
### Difficulty
Hard
""",
        "Port it | Ada | easy |\nMend it | Bob | hard |",
    ),
    "shortcodes and directives of site makers": (
        "a.md",
        """
+++
title = "Ideas"
+++
{{% alert title="Note" %}}
We wait for an answer.
{{% /alert %}}
{{< toc >}}

{{< project title="Port it" >}}
**Mentors:** Ada

**Difficulty:** easy
{{< /project >}}

:::{dropdown} Mend it
**Mentors:** Bob

**Difficulty:** hard
:::
""",
        "Port it | Ada | easy |\nMend it | Bob | hard |",
    ),
    "one page, one idea, its fields on top": (
        "port-it.md",
        """---
title: "Port it: to another machine"
mentors: [ada, "@kofi"]
difficulty: intermediate
length: 175
tags: [c, ports]
---
Some text.

## Goals
* Port it.
""",
        "Port it: to another machine | ada, kofi | medium | 175",
    ),
    "ideas on top of a page": (
        "a.html",
        """---
layout: ideas
ideas:
  - name: Port it
    mentors:
      - name: Ada Byron
        github: ada
      - github: kofi
    level: beginner
  - name: Mend it
    mentors: Bob Moog
    level: advanced
---
<h1>{{ page.title }}</h1>
{% for idea in page.ideas %}<h2>{{ idea.name }}</h2>{% endfor %}
""",
        "Port it | Ada Byron, kofi | easy |\nMend it | Bob Moog | hard |",
    ),
    "fields after a text and before it, named otherwise each time": (
        "a.md",
        """
## Port it
**Involves:** C
**Intensity:** easy
**Coding mentors:** Ada
**Assisting mentors:** Bob

It should run elsewhere.
## Mend it
It is broken.

*Possible mentors/knowledgeable people*: Cleo
*Project difficulty*: hard
*Work load*: 350 h
""",
        "Port it | Ada, Bob | easy |\nMend it | Cleo | hard | 350",
    ),
    "broken markup is read as far as it goes": (
        "a.html",
        "<h2>Port it<p><b>Mentors: Ada<li>Difficulty</b>: easy</ul></td><h2>Mend it</h3><ul><li><b>Mentor</b>: Bob<li>Difficulty: hard",
        "Port it | Ada | easy |\nMend it | Bob | hard |",
    ),
    "wiki text that was copied as it is shown": (
        "a.txt",
        """Ideas

From the wiki

Port it to the other machine

Date: 01/12/2012; Verified: no
Technical contact: Ada Byron
Mailing list/forum for project: dev@example.org
Difficulty: Unknown
Skills Needed: Unknown
Description: It should run elsewhere.
  • Task 1: read

Mend it

Date: 01/12/2013; Verified: no
Technical contact: Bob Moog
Difficulty: Low
Description: It is broken.
""",
        "Port it to the other machine | Ada Byron | |\nMend it | Bob Moog | easy |",
    ),
    "a wiki template within a template": (
        "a.wiki",
        """
== Ideas ==
{{idea
|Title=Port it
|Mentor=[[User:Ada|Ada Byron]], {{user|kofi}}
|Difficulty=Hard
|Desc=One.

Two {{note|x}}.
}}
<!-- {{idea|Title=Hidden|Mentor=Bob|Difficulty=Easy}} -->
{{idea
|Title=Mend it
|Mentor=Bob
|Difficulty=
}}
""",
        "Port it | Ada Byron, kofi | hard |\nMend it | Bob | |",
    ),
    "an index has no ideas": (
        "a.md",
        """
# Google Summer of Code
* [Ideas of 2030](2030.md)
* [Ideas of 2031](2031.md)

## Timeline
Duration: a summer. Difficulty: none.
## Mentors
Ada, Bob
## Requirements
Be nice.
""",
        "",
    ),
    "headings that are items of a list": (
        "a.md",
        """
# Ideas
1. #### _IDEA:_ Port it
   * ***Description:*** It should run elsewhere.
   * ***Skills Required:*** C
   * ***Possible Mentors:*** Ada Byron, Bob Moog
   * ***Difficulty:*** Easy
   * ***Duration:*** 175

2. #### _IDEA:_ Mend it
   * ***Possible Mentors:*** Cleo
   * ***Difficulty:*** Medium-Hard
   * ***Duration:*** 350
""",
        "Port it | Ada Byron, Bob Moog | easy | 175\nMend it | Cleo | medium, hard | 350",
    ),
    "mentors of a group are named above it": (
        "a.md",
        """
# Ideas
## Alpha
Potential mentors: Ada Byron, Bob Moog
### Project 1: Port it
Difficulty: easy
### Project 2: Mend it
Difficulty: hard
""",
        "Port it | Ada Byron, Bob Moog | easy |\nMend it | Ada Byron, Bob Moog | hard |",
    ),
    "a heading over ideas may say how hard or large they are": (
        "a.md",
        """
# Ideas
## Easy
### Port it
Mentor: Ada
### Pack it
Mentor: Ada
## Large projects (350 hours)
### Mend it
Mentor: Bob
### Bend it
Mentor: Bob
## Medium
### Lend it
Mentor: Bob
### Send it
Mentor: Bob
""",
        "Port it | Ada | easy |\nPack it | Ada | easy |\nMend it | Bob | | 350\n"
        "Bend it | Bob | | 350\nLend it | Bob | |\nSend it | Bob | |",
    ),
    "headings that are numbers": (
        "a.md",
        """
# Ideas
## Project 1
**Project title:** Port it
**Mentors:** Ada
**Size:** L
## Project 2
**Title:** Mend it
**Mentors:** Bob
**Size:** S
""",
        "Port it | Ada | | 350\nMend it | Bob | | 90",
    ),
    "addresses and lists among the people": (
        "a.html",
        """
<h3>Port it</h3>
<p>Difficulty: Major<br>Project size: ~350 hour (large)<br>Potential mentors:<br>
Ada Byron, mail: ada (at) example.org<br>Project Devs, mail: dev (at) lists.example.org</p>
<h3>Mend it</h3>
<p>Difficulty: Minor<br>Project size: ~175 hour (medium)<br>Potential mentors:<br>
Bob Moog, mail: bob (at) example.org</p>
""",
        "Port it | Ada Byron | | 350\nMend it | Bob Moog | | 175",
    ),
    "bold labels in HTML paragraphs": (
        "a.html",
        """
<!DOCTYPE html>
<html><body><h1>Ideas</h1><!-- <h3>Hidden</h3><p><b>Confirmed Mentor:</b> Eve</p> -->
<h3><a name="port">Port it</a></h3>
<p><b>Description of the project:</b> It should run elsewhere.</p>
<p><b>Expected result:</b> It runs.</p>
<p><b>Project size:</b> Large</p>
<p><b>Difficulty:</b> Medium</p>
<p><b>Confirmed Mentor:</b> <a href="https://example.org">Ada Byron</a>, Bob Moog</p>
<p><b>Discourse:</b> <a href="https://example.org/t/1">URL</a></p>
<h3>Mend it</h3>
<p><b>Confirmed Mentors:</b> Cleo Patra</p>
<p><b>Project size:</b> Medium or Large</p>
</body></html>
""",
        "Port it | Ada Byron, Bob Moog | medium | 350\nMend it | Cleo Patra | | 175, 350",
    ),
    "a wiki's items with how to make contact": (
        "a.moin",
        """
= Ideas =
<<TableOfContents>>
== Port it ==
 * '''Description of the project''': It should run elsewhere.
 * '''Confirmed Mentor''': [[Ada|Ada Byron]]
 * '''How to contact the mentor''': ada@example.org
 * '''Confirmed co-mentors''': Bob Moog
 * '''Difficulty level''': Medium
 * '''Deliverables of the project''': It runs.
 * '''Desirable skills''': C
## A remark of the editor
== Mend it ==
 * '''Confirmed Mentor''': Cleo Patra
 * '''Confirmed co-mentors''': none
 * '''Difficulty level''': Low
""",
        "Port it | Ada Byron, Bob Moog | medium |\nMend it | Cleo Patra | easy |",
    ),
    "an issue form that somebody left half empty": (
        "a.md",
        """
# Port it
### Mentors
Ada Byron
### Difficulty
_No response_
### Project size
Medium: 175 hours
""",
        "Port it | Ada Byron | | 175",
    ),
    "two facts in a row of a table": (
        "a.md",
        """
## Port it
| | | | |
|---|---|---|---|
| **Mentors** | Ada Byron | **Difficulty** | Easy |
| **Size** | 90 h | **Skills** | C |

Text.
## Mend it
| | | | |
|---|---|---|---|
| **Mentors** | Bob Moog | **Difficulty** | Hard |
| **Size** | 350 h | **Skills** | C |
""",
        "Port it | Ada Byron | easy | 90\nMend it | Bob Moog | hard | 350",
    ),
    "signs before labels and titles": (
        "a.md",
        """
## 🚀 Port it
- 🧑‍🏫 **Mentors:** Ada Byron
- ⏱️ **Duration:** 175 hours
- 📊 Difficulty: 🟢 Easy

## :wrench: Mend it
- 🧑‍🏫 **Mentors:** Bob Moog
- ⏱️ **Duration:** 350 hours
- 📊 Difficulty: 🔴 Hard
""",
        "Port it | Ada Byron | easy | 175\nMend it | Bob Moog | hard | 350",
    ),
    "bold labels without a colon": (
        "a.md",
        """
## Port it
**Mentors** Ada Byron, Bob Moog

**Difficulty** easy

**Size** 90 hours
## Mend it
**Mentors** – Cleo Patra

**Difficulty** – hard

**Size** – 350 hours
""",
        "Port it | Ada Byron, Bob Moog | easy | 90\nMend it | Cleo Patra | hard | 350",
    ),
    "hidden parts of site makers": (
        "a.md",
        """
{% comment %}
## Hidden
Mentors: Eve
{% endcomment %}
{{/* ## Also hidden */}}
## Port it
Mentors: Ada Byron
Difficulty: easy
""",
        "Port it | Ada Byron | easy |",
    ),
    "AsciiDoc with its own comments and lists": (
        "a.adoc",
        """= Ideas
:toc:

////
== Hidden
Mentor:: Eve
////
// == Also hidden
[[port]]
== Port it

Goal:: To run elsewhere.
Skills::
* C
* patience
Mentors::
* https://example.org/ada[Ada Byron]
* Bob Moog
Difficulty:: Easy

== Mend it

.Facts
|===
|Mentors |Cleo Patra
|Difficulty |Hard
|===
""",
        "Port it | Ada Byron, Bob Moog | easy |\nMend it | Cleo Patra | hard |",
    ),
    "Org with drawers and comments": (
        "a.org",
        """#+TITLE: Ideas
# ** Hidden
* Ideas
** Port it                                                   :c:
:PROPERTIES:
:MENTOR: Ada Byron
:DIFFICULTY: easy
:END:
Text.
** COMMENT Hidden
- Mentor :: Eve
** Mend it
- Mentors ::
  - [[https://example.org][Bob Moog]]
  - Cleo Patra
- Size :: 350 h
""",
        "Port it | Ada Byron | easy |\nMend it | Bob Moog, Cleo Patra | | 350",
    ),
    "a text of many objects": (
        "a.jsonl",
        """{"title": "Port it", "mentor": "Ada Byron", "difficulty": "easy", "hours": 90}
{"title": "Mend it", "mentor": ["Bob Moog", "@cleo"], "difficulty": null, "hours": [175, 350]}
""",
        "Port it | Ada Byron | easy | 90\nMend it | Bob Moog, cleo | | 175, 350",
    ),
    "objects by their short names": (
        "a.toml",
        """
[port]
title = "Port it"
mentors = ["Ada Byron"]
difficulty = "easy"
size_hours = [90]
[mend]
title = "Mend it"
mentors = []
difficulty = "hard"
draft = true
""",
        "Port it | Ada Byron | easy | 90\nMend it (draft) | | hard |",
    ),
    "names and values whose names are titles": (
        "a.html",
        """
<h1>Ideas</h1>
<dl>
<dt>Port it to
  another machine</dt>
<dd><p>It should run elsewhere.</p><p>Difficulty: <em>medium</em>. Requirements: C. Potential mentor: Ada Byron.</p></dd>
<dt>Mend it</dt>
<dd><p>It is broken.</p><p>Difficulty: <em>high</em>. Requirements: patience. Potential mentors: Bob Moog, Cleo Patra.</p></dd>
</dl>
""",
        "Port it to another machine | Ada Byron | medium |\nMend it | Bob Moog, Cleo Patra | hard |",
    ),
    "lists in lists whose values are on the next line": (
        "a.rst",
        """
Ideas
=====

Project #1: Port it
-------------------

- **Skills Required/Preferred**
   C

- **Difficulty Level**
   Medium

- **Planned mentors**
   Ada Byron (ada AT example.org),
   Bob Moog (bob AT example.org)

Project #2: Mend it
-------------------

- **Difficulty Level**
   Easy (if you know it) - Hard (if not)

- **Planned mentors**
   *Cleo Patra*, *Dora
   Maar*.
""",
        "Port it | Ada Byron, Bob Moog | medium |\nMend it | Cleo Patra, Dora Maar | easy, hard |",
    ),
    "a row of facts with its labels above": (
        "a.md",
        """
# Ideas
## Port it
### Abstract
It should run elsewhere.

| **Intensity** | **Priority** | **Involves** | **Mentors** |
| ------------- | ------------ | ------------ | ----------- |
| Easy - Moderate | High | C | [@ada][] [@bob][] |

### Technical details
More.
## Mend it
### Abstract
It is broken.

| **Intensity** | **Priority** | **Involves** | **Mentors** |
| ------------- | ------------ | ------------ | ----------- |
| Advanced | Low | C | [@cleo][] |
""",
        "Port it | ada, bob | easy, medium |\nMend it | cleo | hard |",
    ),
    "a level and a size in a bold line, and values in bold": (
        "a.md",
        """
# Things to do – Summer of Code
## Port it
**Medium difficulty, 175 hours.**

**Mentor:** Ada
## Mend it
**Difficulty**<br>

**Hard**<br>

**Length**<br>**350** hours

**Coding mentors**<br>
[Bob Moog](https://example.org/b) [Cleo Patra](https://example.org/c)<br>
## [3] Send it
Mentor      |  Dora Maar, Eve Arden
Area        |  Ports
Skills      |  C

A text.
""",
        "Port it | Ada | medium | 175\nMend it | Bob Moog, Cleo Patra | hard | 350\nSend it | Dora Maar, Eve Arden | |",
    ),
}
