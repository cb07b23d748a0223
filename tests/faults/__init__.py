"""The bot as a process that is killed, stopped and cut off: nothing is lost, nothing said twice."""
