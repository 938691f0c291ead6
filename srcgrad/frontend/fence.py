"""The fence: constructs that are refused wherever they stand, each with its reason and a way out."""

from __future__ import annotations

# libcst class name -> (code, what, hint)
REFUSED = {
    "AsynchronousFor": ("SG202", "an asynchronous loop", "Differentiate the synchronous computation."),
    "Await": ("SG202", "`await`", "Differentiate the synchronous computation."),
    "Yield": ("SG203", "a generator function", "Return a list, or move the computation into a plain function."),
    "ClassDef": ("SG204", "a class defined inside a function", "Define the class at module level."),
    "Global": ("SG205", "writing a global", "Pass the value as an argument and return the new one."),
    "Nonlocal": ("SG206", "`nonlocal`", "Pass the value as an argument and return the new one."),
    "TryStar": ("SG208", "`except*`", "Test the condition with `if` before the operation."),
    "TypeAlias": ("SG201", "a type alias inside a function", "Move it to module level."),
    "TemplatedString": ("SG201", "a template string", "Use an f-string."),
}

# library operations whose effect cannot be seen in the source
REFUSED_CALLS = {
    "builtins.exec": "exec",
    "builtins.eval": "eval",
    "builtins.locals": "locals",
    "builtins.globals": "globals",
    "builtins.vars": "vars",
    "builtins.setattr": "setattr",
    "builtins.delattr": "delattr",
    "builtins.__import__": "__import__",
    "builtins.compile": "compile",
    "sys._getframe": "sys._getframe",
    "inspect.currentframe": "inspect.currentframe",
}
