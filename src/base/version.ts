// The build writes the package's version in here, so that no program needs package.json beside it.
declare const __SLIPWAY_VERSION__: string | undefined;

/** The version of this build; 0.0.0 when run from source, unbuilt. */
export const slipwayVersion: string = typeof __SLIPWAY_VERSION__ === 'string' ? __SLIPWAY_VERSION__ : '0.0.0';
