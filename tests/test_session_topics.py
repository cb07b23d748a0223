"""The topic of a channel goes back after an office hour, as soon as the bot may set it."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from gsocbot.talk import Topic
from tests.conversation import CHANNEL, played, stage

WELCOME = "Welcome | https://gsoc.example.org"


def test_a_topic_goes_back_once_the_bot_may_set_it_again() -> None:
    on = stage()
    with closing(on.store):
        on.topics[CHANNEL] = Topic(WELCOME, settable=True)
        played("gsocbot role add mira mentor\n<mira> #startmeeting", on)
        ours = on.topics[CHANNEL]
        on.topics[CHANNEL] = replace(ours, settable=False)  # it was killed and has come back
        over = on.now + timedelta(hours=5)

        assert on.bot.tick(over) == []
        on.topics[CHANNEL] = ours
        says = [(say.text, say.topic) for say in on.bot.tick(over + timedelta(seconds=30))]
        assert says == [(WELCOME, True)]
