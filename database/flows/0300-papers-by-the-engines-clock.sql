-- Papers of a case bear the instant of the engine, as its steps do: one clock in one history.

grant insert (at) on flow_files to importer;
