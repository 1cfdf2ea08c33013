"""The only reads of the agenda that others may call: the queue of a day, and who may be written to by hand."""

from leadstone.domains.agenda.queries.day import Entry, day_of, put_off_until
from leadstone.domains.agenda.queries.writing import WritingAnswer, writing_answer, writing_answers

__all__ = ["Entry", "WritingAnswer", "day_of", "put_off_until", "writing_answer", "writing_answers"]
