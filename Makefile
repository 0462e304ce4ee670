# The two commands of README.md, and what a server's deployment needs.
PYTHON ?= python3

.PHONY: run test build lock

run:
	@exec $(PYTHON) peelsite/local/bootstrap.py run

test:
	@exec $(PYTHON) peelsite/local/bootstrap.py test

# Front-end files into build/static, for a server that then runs `manage.py collectstatic`.
build:
	@exec $(PYTHON) peelsite/local/bootstrap.py build

# After a pin changed: write the exact version of everything the pins bring with them.
lock:
	@exec $(PYTHON) peelsite/local/bootstrap.py lock
