"""Where each page is: made here alone, for answers, pages and calendars alike."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one season's pages; `base` ends with a slash, empty where no site is."""

    base: str
    season: str

    def page(self, path: str = "") -> str:
        """The whole address of a page of the season."""
        return f"{self.base}{self.season}/{path}"

    def faq(self, key: str = "") -> str:
        """The FAQ, or one entry of it."""
        return self.page(FAQ) + (f"#{key}" if key else "")

    def idea(self, number: int) -> str:
        """One idea."""
        return self.page(idea_path(number))

    def session(self, day: str, copy: int = 1) -> str:
        """The minutes of one office hour."""
        return self.page(session_path(day, copy))


IDEAS, TIMELINE, OFFICE, MENTORS = "ideas/", "timeline/", "office/", "mentors/"
QUESTIONS, FAQ = "questions/", "faq/"
PROJECTS, PROGRESS = "projects/", "progress/"
REPORTS, REPORTS_FEED = "reports/", "reports.atom"
TIMELINE_CALENDAR, OFFICE_CALENDAR = "timeline.ics", "office.ics"
CONTRIBUTORS_CALENDAR, MENTORS_CALENDAR = "contributors.ics", "mentors.ics"
ORGANISERS_CALENDAR = "organisers.ics"
IDEAS_DATA, IDEAS_FEED = "ideas.json", "ideas.atom"
MINUTES_FEED, MINUTES_TEXT, MINUTES_DATA = "minutes.atom", "minutes.txt", "minutes.json"
LOG = "log/"
HACKATHONS, POLLS, POLLS_FEED = "hack/", "polls/", "polls.atom"
WALL, WALL_DATA = "wall/", "wall.json"
HACKATHON_REPORT, HACKATHON_REPORT_TEXT = "report/", "report.md"
HACKATHON_CALENDAR, HACKATHON_PICTURE = "hackathon.ics", "days.svg"
POLL_DATA = "votes.csv"


def idea_path(number: int) -> str:
    """An idea's page, from the season's."""
    return f"{IDEAS}{number}/"


def hackathon_path(slug: str) -> str:
    """A hackathon, from the season's page."""
    return f"{HACKATHONS}{slug}/"


def poll_path(number: int) -> str:
    """A poll, from the season's page."""
    return f"{POLLS}{number}/"


def report_path(week: int) -> str:
    """The reports of a week, from the season's page."""
    return f"{REPORTS}{week}/"


def session_path(day: str, copy: int = 1) -> str:
    """The minutes of an office hour, from the season's page; `copy` tells several a day apart."""
    return f"m/{day}/" if copy == 1 else f"m/{day}-{copy}/"


def log_path(number: int = 1) -> str:
    """A part of a long log, from the page of its minutes."""
    return LOG if number == 1 else f"{LOG}{number}/"
