/** One module's problem types: HTTP status, and a title in the words of the screen (Chinese first). */
export type ProblemSection = Record<string, { readonly status: number; readonly title: string }>;
