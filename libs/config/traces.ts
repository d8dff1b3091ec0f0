import { IsIn, IsOptional, IsUrl } from 'class-validator';
import { httpUrl, mustBeHttpUrl } from './http-url.js';

/** The samplers of OpenTelemetry, by their standard names. */
const SAMPLERS = [
  ...['always_on', 'always_off', 'traceidratio'],
  ...['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'],
];

/** The variables of OpenTelemetry that the SDK does not check, or does not read. */
export class TracesEnvironment {
  @IsIn(['true', 'false'])
  OTEL_SDK_DISABLED = 'false';

  @IsIn(['otlp', 'none'])
  OTEL_TRACES_EXPORTER = 'otlp';

  @IsOptional()
  @IsUrl(httpUrl, mustBeHttpUrl)
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  @IsOptional()
  @IsUrl(httpUrl, mustBeHttpUrl)
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string;

  /** The only protocol of the exporter. Another one must not be ignored in silence. */
  @IsIn(['http/json'])
  OTEL_EXPORTER_OTLP_PROTOCOL = 'http/json';

  @IsIn(SAMPLERS)
  OTEL_TRACES_SAMPLER = 'parentbased_always_on';
}

/** Returns whether a collector of traces is named, and nothing switches the traces off. */
export function exportsTraces(environment: TracesEnvironment): boolean {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: collector, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: tracesUrl } =
    environment;
  if (environment.OTEL_SDK_DISABLED === 'true' || environment.OTEL_TRACES_EXPORTER === 'none') return false;
  return (tracesUrl ?? collector) !== undefined;
}
