"""Cells that a spreadsheet shows and does not run: text from outside may begin as a formula does.

Rule: OWASP, "CSV Injection": a cell that begins with = + - @, a tab or a line's end is led by a single quote; so are
the full-width forms of these signs, which some spreadsheets take for the same.
"""

_RUNS = tuple("=+-@\t\r\n＝＋－＠")


def safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RUNS) else cell
