"""Land and roads out of all proportion."""

from shouwang.screening.checks.rule import Severity, home_rule

RULES = (
    home_rule(
        "farmland-per-person",
        Severity.QUESTION,
        zh="人均耕地超过 {most_farmland_mu} 亩",
        en="More than {most_farmland_mu} mu of farmland per person",
        cure="核实单位是否录成平方米或分",
        source="§4.6 [C4] 耕地 >50亩/人",
        broken=lambda h, f: (h.members > 0) & (h.farmland > h.members * f.most_farmland_mu),
    ),
    home_rule(
        "woodland-per-person",
        Severity.QUESTION,
        zh="人均林地超过 {most_woodland_mu} 亩",
        en="More than {most_woodland_mu} mu of woodland per person",
        cure="核实单位是否录成平方米或分",
        source="§4.6 [C4] 林地 >70",
        broken=lambda h, f: (h.members > 0) & (h.woodland > h.members * f.most_woodland_mu),
    ),
    home_rule(
        "road-distance",
        Severity.QUESTION,
        zh="与村主干路距离超过 {farthest_road_km} 公里",
        en="More than {farthest_road_km} km from the village road",
        cure="核实单位是否录成米",
        source="§4.6 [C4] 路 >50 km",
        broken=lambda h, f: h.road_km > f.farthest_road_km,
    ),
)
