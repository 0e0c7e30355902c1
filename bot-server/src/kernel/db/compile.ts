import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type RawBuilder } from 'kysely';

/** Kysely builds and compiles SQL; it never holds a connection. */
const builder = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

export interface Statement {
  readonly text: string;
  /** Undefined without parameters: pg then uses the simple protocol, which takes several statements in one text (migrations). */
  readonly values: unknown[] | undefined;
}

export function compile(query: RawBuilder<unknown>): Statement {
  const { sql, parameters } = query.compile(builder);
  return { text: sql, values: parameters.length > 0 ? [...parameters] : undefined };
}
