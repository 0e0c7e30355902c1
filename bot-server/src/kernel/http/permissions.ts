import type { Actor, Role } from './actor';

/** What a module lists in its policy file. */
export interface PermissionSource {
  readonly name: string;
  readonly permissions: Readonly<Record<string, readonly Role[]>>;
}

export interface Permissions {
  has(permission: string): boolean;
  rolesOf(permission: string): readonly Role[];
  /** The coarse check before a handler: has this kind of actor, or one of its roles, the permission at all? Rows are the module's own check. */
  allows(actor: Actor, permission: string): boolean;
}

/** Keys may be written `launch` or `campaigns.launch` in a module's own list. */
export function collectPermissions(sources: readonly PermissionSource[]): Permissions {
  const table = new Map<string, readonly Role[]>();
  for (const { name, permissions } of sources) {
    for (const [key, roles] of Object.entries(permissions)) table.set(key.startsWith(`${name}.`) ? key : `${name}.${key}`, roles);
  }
  const rolesOf = (permission: string) => table.get(permission) ?? [];
  return {
    has: (permission) => table.has(permission),
    rolesOf,
    allows(actor, permission) {
      if (permission === 'public') return true;
      if (!table.has(permission)) return false;
      if (actor.kind === 'official') return actor.roles.some((role) => rolesOf(permission).includes(role));
      return actor.kind === 'person' && rolesOf(permission).length === 0;
    },
  };
}
