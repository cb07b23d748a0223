"""The commands: a chapter each in `chapters/`, in the order in which the manual shows them."""

from gsocbot.commands.chapters.administration import ADMINISTRATION
from gsocbot.commands.chapters.checklists import CHECKLISTS
from gsocbot.commands.chapters.evaluations import EVALUATIONS
from gsocbot.commands.chapters.general import GENERAL
from gsocbot.commands.chapters.hackathon import HACKATHON
from gsocbot.commands.chapters.ideas import IDEAS
from gsocbot.commands.chapters.mentors import MENTORS
from gsocbot.commands.chapters.moments import MOMENTS
from gsocbot.commands.chapters.office import OFFICE
from gsocbot.commands.chapters.polls import POLLS
from gsocbot.commands.chapters.questions import QUESTIONS
from gsocbot.commands.chapters.reports import REPORTS
from gsocbot.commands.chapters.students import STUDENTS
from gsocbot.commands.chapters.year import YEAR
from gsocbot.commands.command import Command

ALL: tuple[Command, ...] = (
    *GENERAL,
    *IDEAS,
    *QUESTIONS,
    *MENTORS,
    *STUDENTS,
    *CHECKLISTS,
    *REPORTS,
    *EVALUATIONS,
    *YEAR,
    *OFFICE,
    *HACKATHON,
    *MOMENTS,
    *POLLS,
    *ADMINISTRATION,
)
