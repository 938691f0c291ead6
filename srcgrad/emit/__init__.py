"""IR -> text.

Generated lines are written as text by a small precedence printer, not as libcst nodes: they have no formatting to
preserve, and building nodes costs ten times more.  A statement of the user that no pass has changed is
written by libcst from its own node, comments and formatting included.
"""
