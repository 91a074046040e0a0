"""The programs that draw the same cards: nianbao, satori with resvg, and Material's social plugin."""
