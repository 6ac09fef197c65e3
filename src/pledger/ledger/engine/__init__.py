"""The engine: the derived tables, brought up to the documents so that one more document touches only what it must.

`derive` says what the ledger makes of a set of documents, claims and judgements: one pure function, in memory, for
answers as of a day and for tests. The engine makes the same of the same pieces, in tables: all of it (`run.rebuild`,
streaming) or what follows from some new documents (`run.update`). Both go through the same steps, so that it never
matters how a ledger came to hold its documents:

    documents ──> copies ───────────────────────────────┐
        │                                               │ whose words they are
        ├──> names ──> people (who a name means) ──┐    │
        ├──> keys (what a programme's key means) ──┤    │
        │                                          v    v
        ├──> sightings ──> sites (projects) ──> voices (of each claim: entity, slot, origin, weight)
        └──> lots (batches of projects) ────────^    │        │
                                                     v        v
                                     origins' names, entities  slots ──> figures ──> regions ──> conflicts

Each step keeps, in the tables of `tables`, what its documents contributed and by which keys others look at it. A step
takes the documents that are to be looked at, puts their contributions in place of the old ones, makes again what
depends on those, and compares with what was kept: whoever was told something else joins the documents to be looked at.
So a change runs only as far as something really differs.

What holds, and what a change of the rules has to keep:

1. *A step is a pure function of what it is given.* `blocking` says who can influence whom: names through sure keys, and
   through doubtful ones where they fit (`near`), sightings through marks and `project_keys`; a component is resolved by
   the function that resolves the whole.
2. *A document's voices follow from the document and from what it is told:* who its names are, what its programmes'
   keys mean, which projects its sightings are, which batches it means, whose copy it is. `names`, `sightings` and
   `lots` hold by which keys a document asks for each.
3. *A slot's figures follow from its voices alone.* A slot is one attribute and qualifier of one entity.
4. *A region's conflicts follow from the region and from what its picture's `beyond` answers.* A region is a programme
   with its batches, projects and tariffs, or one entity. Of a region only the units that a change can reach are checked
   again, a unit being the conflicts on one attribute of one entity. `units` says which: a new check that looks at
   something in another way has to be thought of there.
5. *Order plays no part.* Nothing here looks at when a document was read; numbers of documents are names for them.
6. *All or nothing.* A run is one transaction with the state that it brought the tables to (`state`), so that a killed
   process leaves the ledger as it was, and `engine_pending` knows what is still to be taken up.

`tests/ledger/test_incremental.py` and `test_taking_up.py` hold all of it: ledgers grown little by little, ledgers
rebuilt and pictures derived from the same documents are equal, row by row.

Judgements are rare and reach far: when one comes or is withdrawn everything is rebuilt. So is a ledger that was derived
by other code or other lexicons (`rules`), at the next question.
"""
