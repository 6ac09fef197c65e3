"""What a person and a program see."""
