"""The web application as browsers and programs ask it."""
