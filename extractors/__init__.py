"""From a transcript to statements: layouts, speakers, mentions, relations, facts, questions."""
