"""Charts: server-side SVG that keeps its letters' size at every width, each with its table.

Owns: geometry only; words, numbers and the table beside a chart are its caller's.
Promises: places go across in percent and up in pixels; what rests on few cases is drawn lighter.
Never: draws what is not in the table beside it.
"""
