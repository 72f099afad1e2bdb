-- The coverage page reads only the undivided figure of every school below a unit: a small index holds just those.
create index sums_whole on sums (measure, period, scope) include (need, met, reviewed) where split = 0;
