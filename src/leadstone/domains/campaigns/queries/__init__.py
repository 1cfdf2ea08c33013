"""The only reads of campaigns, costs, links and spellings."""
