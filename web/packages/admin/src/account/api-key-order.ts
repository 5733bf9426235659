import type { ApiKey } from '@aracari/api';

/** Usable keys first, newest first, and each followed by its children. A child without its parent stands alone. */
export function orderApiKeys(keys: ApiKey[]): { key: ApiKey; child: boolean }[] {
  const known = new Set(keys.map(({ id }) => id));
  const isChild = ({ parentId }: ApiKey) => parentId !== null && known.has(parentId);
  const sorted = [...keys].sort(usableFirst);
  return sorted
    .filter((key) => !isChild(key))
    .flatMap((key) => [
      { key, child: false },
      ...sorted
        .filter(({ parentId }) => parentId === key.id)
        .map((child) => ({ key: child, child: true })),
    ]);
}

function usableFirst(a: ApiKey, b: ApiKey): number {
  const rank = (key: ApiKey) => (key.status === 'active' ? 0 : 1);
  return rank(a) - rank(b) || b.createdAt.localeCompare(a.createdAt);
}
