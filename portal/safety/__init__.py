"""安全台账 (质监第十八至二十一条): patrols, drills, risk assessments with their rectification, the plan; 特殊时期."""
