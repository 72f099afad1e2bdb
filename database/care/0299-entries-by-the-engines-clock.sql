-- What goes into a fund and out of it bears the instant of the engine, as the decision does: one clock in one history.

grant insert (at) on aid_fund_entries to importer;
