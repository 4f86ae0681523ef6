"""Every error that a user can meet. Each says what, which value, what to do next.

AssistantError
├── UsageError            bad usage or input: exit code 2
│   ├── QuestionError     an empty or over-long question
│   ├── FilterError       an unknown filter value
│   └── SettingsError     a bad setting
├── StoreError            the store cannot be used: exit code 2
│   ├── StoreVersionError made by another version or embedding model
│   ├── StoreCorruptError unreadable
│   └── StoreLockedError  another process writes
├── DocumentError         one file or document cannot be used
│   ├── DocumentNotFoundError  no such document in the store
│   └── LoadError         a file could not be read
├── ModelError            a language or embedding model failed
└── AnswerStoppedError    whoever asked wants to read no further
"""


class AssistantError(Exception):
    """Base of all errors with a message for the user.

    `what` names the trouble and the value, `advice` says what to do next.
    """

    exit_code = 1

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(f"{what} {advice}".strip())
        self.what = what
        self.advice = advice


class UsageError(AssistantError):
    """Bad usage or bad input."""

    exit_code = 2


class QuestionError(UsageError):
    """A question that cannot be asked."""


class FilterError(UsageError):
    """A filter value that nothing in the store has."""


class SettingsError(UsageError):
    """A setting that cannot be used."""


class StoreError(AssistantError):
    """The store cannot be used."""

    exit_code = 2


class StoreVersionError(StoreError):
    """The store was made by another version or another embedding model."""


class StoreCorruptError(StoreError):
    """The store cannot be read."""


class StoreLockedError(StoreError):
    """Another process is writing the store."""


class DocumentError(AssistantError):
    """One document cannot be used."""


class DocumentNotFoundError(DocumentError):
    """No document of that id is in the store."""

    exit_code = 2


class LoadError(DocumentError):
    """A file could not be read."""


class ModelError(AssistantError):
    """A language model or embedding model failed."""


class AnswerStoppedError(AssistantError):
    """An answer that was not written to its end, because whoever asked stopped it."""
