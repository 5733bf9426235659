import type { AccessRule, Table, TableColumn, TableDefinition, UserTree } from '@aracari/api';
import { asGroup } from '../rules/rule-tree.js';

/** A table while it is edited: what makers may change of it, each tree of conditions with a group at its root. */
export function draftOf(table: Table): TableDefinition {
  const { label, description, access, metrics, dimensions, statement } = table;
  return {
    label,
    description: description ?? '',
    access,
    columns: table.columns.map(drawColumn),
    metrics,
    dimensions,
    rules: table.rules.map(drawRule),
    ...(statement === undefined ? {} : { statement }),
  };
}

export function isChanged(draft: TableDefinition, table: Table): boolean {
  return JSON.stringify(draft) !== JSON.stringify(draftOf(table));
}

function drawColumn(column: TableColumn): TableColumn {
  const { exceptions } = column;
  if (!exceptions) return column;
  return { ...column, exceptions: exceptions.map((each) => ({ ...each, if: drawUser(each.if) })) };
}

function drawRule(rule: AccessRule): AccessRule {
  const rows = asGroup(rule.rows);
  return rule.if ? { ...rule, if: drawUser(rule.if), rows } : { ...rule, rows };
}

function drawUser(tree: UserTree): UserTree {
  return asGroup(tree);
}

/** What was changed, in a few words, for the list of versions. */
export function summarize(draft: TableDefinition, table: Table): string {
  const before = draftOf(table);
  const differs = (part: keyof TableDefinition) =>
    JSON.stringify(draft[part]) !== JSON.stringify(before[part]);
  const parts = [
    differs('access') ? `access ${before.access} → ${draft.access}` : '',
    differs('rules') ? summarizeRules(draft.rules, before.rules) : '',
    differs('columns') ? 'columns' : '',
    differs('metrics') ? 'metrics' : '',
    differs('dimensions') ? 'dimensions' : '',
    differs('statement') ? 'statement' : '',
    differs('label') || differs('description') ? 'name or description' : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? `Changed ${parts.join(', ')}` : '';
}

function summarizeRules(now: AccessRule[], before: AccessRule[]): string {
  const added = now.length - before.length;
  if (added === 0) return 'rules';
  return `rules (${Math.abs(added)} ${added > 0 ? 'more' : 'fewer'})`;
}

/** Where in the table a JSON path leads, in words: “Rule “By state””, “Column pay”. Other paths are shown as they are. */
export function describePlace(field: string, table: TableDefinition): string {
  const [, list, index] = /^(rules|columns|metrics|dimensions)\[(\d+)\]/.exec(field) ?? [];
  const at = Number(index);
  switch (list) {
    case 'rules':
      return `Rule “${table.rules[at]?.name ?? at + 1}”`;
    case 'columns':
      return `Column ${table.columns[at]?.name ?? at + 1}`;
    case 'metrics':
      return `Metric ${table.metrics[at]?.label || at + 1}`;
    case 'dimensions':
      return `Dimension ${table.dimensions[at]?.label || at + 1}`;
    default:
      return field;
  }
}
