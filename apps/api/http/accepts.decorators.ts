import {
  applyDecorators,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ApiConsumes } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { MalformedForm, MalformedJson, NotForm, NotJson, PayloadTooLarge } from '../problem/http-refusals.js';
import { Problems } from '../problem/problem.decorators.js';
import { bodyReader, FORM_BODY, JSON_BODY, type AcceptedBody } from './body-parser.js';

/** Larger than any valid body, even with every character escaped: 50 order lines and 4 KB of metadata. */
const MAX_BYTES = 32 * 1024;

/** Opens the route to a JSON body of at most `maxBytes`, and documents that. Bodies of other routes are not read. */
export function AcceptsJson({ maxBytes = MAX_BYTES } = {}): MethodDecorator {
  return applyDecorators(
    UseInterceptors(new BodyInterceptor(JSON_BODY, maxBytes)),
    Problems(MalformedJson, PayloadTooLarge, NotJson),
  );
}

/** Opens the route to a form, urlencoded or multipart, and documents that. */
export function AcceptsForm(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(new BodyInterceptor(FORM_BODY, MAX_BYTES)),
    ApiConsumes(...Object.keys(FORM_BODY.parsers)),
    Problems(MalformedForm, PayloadTooLarge, NotForm),
  );
}

/** Reads the body after the guards and before the pipes, so that bodies of unauthorised clients are neither read nor parsed. */
class BodyInterceptor implements NestInterceptor {
  private readonly read: ReturnType<typeof bodyReader>;

  constructor(accepted: AcceptedBody, maxBytes: number) {
    this.read = bodyReader(accepted, maxBytes);
  }

  /** @throws HttpRefusal */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    request.body = await this.read(request);
    return next.handle();
  }
}
