"""`python -m newsclust` is the command `newsclust`."""

from newsclust.cli import main

if __name__ == "__main__":
    main()
