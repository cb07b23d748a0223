"""What labels and levels are called in German, French, Spanish, Portuguese and Italian."""

import re

HEADS = {
    "mentors": "betreuer betreuerin betreuerinnen betreuung mentorin mentorinnen mentoren"
    " ansprechpartner encadrant encadrants encadrante tuteur tuteurs mentore mentores mentora"
    " mentoras tutores"
    " orientador orientadores referente referenti mentori",
    "difficulty": "schwierigkeit schwierigkeitsgrad difficulte dificultad dificuldade difficolta"
    " nivel niveau livello",
    "size": "umfang dauer aufwand projektgrosse stunden duree taille heures duracion tamano horas"
    " duracao tamanho durata dimensione",
    "skills": "voraussetzungen vorkenntnisse kenntnisse fahigkeiten anforderungen competence"
    " competences prerequis connaissances requisitos conocimientos habilidades competencias"
    " conhecimentos requisiti competenze conoscenze",
    "outcome": "ergebnis ergebnisse ziel ziele resultat resultats objectif objectifs resultado"
    " resultados objetivo objetivos risultati obiettivi",
    "description": "beschreibung kurzbeschreibung descripcion resumen descricao resumo descrizione",
    "title": "titel titre titulo titolo",
}
FILL = (
    "erwartete erwarteter erwartetes mogliche moglicher benotigte geschatzte des der du de del"
    " la le les las dei possibles potentiels requises attendus attendue estimee projet"
    " posibles esperados estimada requeridos proyecto projeto possiveis progetto projekt projekts"
)
_LEVELS = {
    "easy": r"einfach\w*|leicht\w*|anfanger\w*|facile?s?|debutante?s?|principiantes?"
    r"|baj[ao]|baixa|bassa",
    "medium": r"mittel\w*|mittlere\w*|fortgeschritten\w*|moyenn?e?s?|intermediaires?|medi[ao]s?"
    r"|intermedi[ao]s?",
    "hard": r"schwer\w*|schwierig\w*|anspruchsvoll\w*|difficiles?|dificil(?:es)?|avancee?s?"
    r"|elevee?s?|avanzad[ao]s?|alt[ao]s?|avancad[ao]s?|avanzat[ao]",
}
_LEVEL = {level: re.compile(rf"\b(?:{names})\b") for level, names in _LEVELS.items()}


def levels_named(plain: str) -> tuple[str, ...]:
    """The levels that a statement without accents names in one of these languages."""
    return tuple(level for level, pattern in _LEVEL.items() if pattern.search(plain))
