// Artifacts that the engine keeps itself are addressed by where they lie below the artifact root.

/** The folder below the artifact root that an `mlflow-artifacts:` address names; undefined for one that lies elsewhere. */
export function proxiedFolder(artifactUri: string): string | undefined {
  const [, path] = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(.+)$/s.exec(artifactUri) ?? [];
  return path;
}
