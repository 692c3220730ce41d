"""The web: a chat page, a document view and a JSON API, served by `plansvar serve`."""
