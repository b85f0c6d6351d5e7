/** All tables of a report, which every format lays out in its own way. */

import type { Result } from "../../measure/model/result.ts";
import { agentsSection } from "./agents_tables.ts";
import { curveTable } from "./curve_table.ts";
import { scenarioTable, summaryTable } from "./comparison_tables.ts";
import { explainSections } from "./explain_tables.ts";
import { fieldTable, hasMany } from "./field_table.ts";
import { aboutScenario } from "../summary/names.ts";
import {
  clientsTable,
  hardwareTable,
  leftOutTables,
  runTable,
  serversTable,
  warningsTable,
} from "./run_tables.ts";
import { probesTable } from "./probes_table.ts";
import { scalingTable } from "../summary/scaling.ts";
import { slowReadersTable } from "../summary/slow_readers.ts";
import { studySections } from "../summary/study.ts";
import type { Section, Table } from "./table.ts";
import { timelineTable, trialsTable } from "./trial_tables.ts";
import { tailsTable } from "./tails_table.ts";
import { verdictsTable } from "./verdict_tables.ts";

/** All formats of a run use the same tables. */
const known = new WeakMap<Result, readonly Section[]>();

/** All tables of a run, in the order in which reports show them. */
export function sections(result: Result): readonly Section[] {
  const all = known.get(result) ?? compose(result);
  known.set(result, all);
  return all;
}

function compose(result: Result): Section[] {
  return [
    alone(summaryTable(result)),
    ...(hasMany(result) ? [alone(fieldTable(result))] : []),
    ...studySections(result),
    alone(verdictsTable(result)),
    ...result.scenarios.map((scenario): Section => {
      const others = [
        probesTable(result, scenario),
        curveTable(result, scenario),
        slowReadersTable(result, scenario),
        scalingTable(result, scenario),
      ];
      return {
        id: scenario.id,
        title: scenario.title,
        about: aboutScenario(scenario),
        tables: [scenarioTable(result, scenario), ...others.filter((one) => one !== undefined)],
      };
    }),
    ...explainSections(result),
    alone(tailsTable(result)),
    alone(trialsTable(result)),
    alone(timelineTable(result)),
    alone(warningsTable(result)),
    alone(hardwareTable(result)),
    ...agentsSection(result),
    {
      id: "settings",
      title: "Settings",
      tables: [
        runTable(result),
        serversTable(result),
        ...leftOutTables(result),
        clientsTable(result),
      ],
    },
  ];
}

function alone(table: Table): Section {
  return { id: table.id, title: table.title, tables: [table] };
}
