"""The tests of gsocbot."""
