"""Serve the chat: `python app.py`, then open the address it prints."""

import sys

from assistant.errors import AssistantError
from assistant.web import serve

if __name__ == "__main__":
    try:
        serve()
    except AssistantError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
