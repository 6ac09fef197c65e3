"""Coverage-guided fuzzing of every parser and recogniser: targets, a runner, and the cases that it once found."""
