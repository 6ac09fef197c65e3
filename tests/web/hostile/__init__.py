"""Articles of people who mean harm, in our own words, and tests that nothing of them does anything."""
