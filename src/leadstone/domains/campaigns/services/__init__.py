"""The only writes of campaigns, costs, links and spellings."""
