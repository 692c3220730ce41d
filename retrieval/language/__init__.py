"""The words of Swedish and English, and what is said in both."""
