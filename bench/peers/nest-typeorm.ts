import 'reflect-metadata';
import { createHash, createSecretKey, randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { HttpModule, HttpService } from '@nestjs/axios';
import { BadRequestException, Body, ClassSerializerInterceptor, ConflictException, Controller, ForbiddenException, Get, Headers, HttpCode, Injectable, Module, NotFoundException, Param, ParseUUIDPipe, Patch, Post, Req, Res, UnauthorizedException, UnprocessableEntityException, UseGuards, ValidationPipe } from '@nestjs/common'; // prettier-ignore
import { NestFactory, Reflector } from '@nestjs/core';
import { JwtModule, JwtService } from '@nestjs/jwt';
import { AuthGuard, PassportModule, PassportStrategy } from '@nestjs/passport';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import argon2 from 'argon2';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsObject, IsOptional, IsString, IsUUID, Max, Min, ValidateNested } from 'class-validator'; // prettier-ignore
import type { Response } from 'express';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { firstValueFrom } from 'rxjs';
import { DataSource, In, IsNull, Repository } from 'typeorm';
import * as entities from './nest-typeorm.entities.js';
import {
  IdempotencyKey,
  Notification,
  Order,
  OrderItem,
  Payment,
  Transition,
  User,
  Variation,
} from './nest-typeorm.entities.js';

/** The peer as NestJS's and TypeORM's documentation show it: repositories, relations with cascades, passport loading the user. */

const STATUSES = ['waiting', 'preparation', 'ready', 'delivered'];
const secret = createSecretKey(process.env.JWT_SECRET_KEY ?? '', 'utf8');

class LineDto {
  @IsUUID() product_id: string;
  @IsUUID() variation_id: string;
  @IsInt() @Min(1) @Max(100) quantity: number;
}

class PlaceOrderDto {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => LineDto) items: LineDto[]; // prettier-ignore
  @IsOptional() @IsInt() @Min(0) total_cents?: number;
  @IsOptional() @IsObject() metadata?: object;
}

class StatusDto {
  @IsIn(STATUSES) status: string;
}

class LogInDto {
  @IsString() username: string;
  @IsString() password: string;
}

@Injectable()
class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {
    const key: object = { secretOrKey: secret };
    super(
      Object.assign(
        { jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: 'replaced' },
        key,
      ),
    );
  }

  async validate({ sub }: { sub: string }): Promise<User> {
    const user = await this.users.findOneBy({ id: sub });
    if (!user) throw new UnauthorizedException();
    return user;
  }
}

@Injectable()
class OrdersService {
  constructor(
    @InjectRepository(Order) private readonly orders: Repository<Order>,
    @InjectRepository(Variation) private readonly variations: Repository<Variation>,
    @InjectRepository(IdempotencyKey) private readonly keys: Repository<IdempotencyKey>,
    private readonly dataSource: DataSource,
    private readonly http: HttpService,
  ) {}

  async place(user: User, body: PlaceOrderDto, key?: string): Promise<{ order: Order; replayed: boolean }> {
    const key_hash = key === undefined ? undefined : sha256(key);
    const fingerprint = sha256(JSON.stringify(body));
    if (key_hash) {
      const known = await this.keys.findOneBy({ user_id: user.id, key_hash });
      if (known && !known.fingerprint.equals(fingerprint)) throw new UnprocessableEntityException();
      if (known) return { order: await this.read(known.order_id, user), replayed: true };
    }
    const choices = await this.variations.find({
      where: {
        id: In(body.items.map((item) => item.variation_id)),
        withdrawn_at: IsNull(),
        product: { withdrawn_at: IsNull() },
      },
      relations: { product: true },
    });
    const order = this.orders.create({
      customer_id: user.id,
      status: 'waiting',
      metadata: body.metadata ?? null,
    });
    order.items = body.items.map((item, position) => lineOf(item, position, choices));
    order.total_cents = order.items.reduce((sum, line) => sum + line.line_total_cents, 0);
    if (body.total_cents !== undefined && body.total_cents !== order.total_cents)
      throw new ConflictException();
    const payload = { value: order.total_cents };
    const charge = await firstValueFrom(
      this.http.post<object>(process.env.PAYMENT_SERVICE_URL ?? '', payload, {
        headers: { 'Idempotency-Key': randomUUID() },
      }),
    );
    order.payment = Object.assign(new Payment(), {
      amount_cents: order.total_cents,
      request_payload: payload,
      response_payload: charge.data,
      response_status_code: charge.status,
    });
    await this.dataSource.transaction(async (manager) => {
      await manager.save(order);
      if (!key_hash) return;
      const expires_at = new Date(Date.now() + 24 * 3_600_000);
      await manager.save(IdempotencyKey, {
        user_id: user.id,
        key_hash,
        fingerprint,
        order_id: order.id,
        expires_at,
      });
    });
    return { order, replayed: false };
  }

  async read(id: string, user: User): Promise<Order> {
    const order = await this.orders.findOne({
      where: { id, ...(user.role === 'manager' ? {} : { customer_id: user.id }) },
      relations: { items: true, payment: true },
      order: { items: { position: 'ASC' } },
    });
    if (!order) throw new NotFoundException('Order not found');
    return order;
  }

  async changeStatus(id: string, to_status: string, user: User): Promise<Order> {
    await this.dataSource.transaction(async (manager) => {
      const order = await manager.findOne(Order, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!order) throw new NotFoundException('Order not found');
      const from_status = order.status;
      const sequence = STATUSES.indexOf(to_status);
      if (sequence !== STATUSES.indexOf(from_status) + 1) throw new BadRequestException('Invalid transition');
      order.status = to_status;
      await manager.save(order);
      await manager.save(Transition, { order_id: id, from_status, to_status, changed_by: user.id });
      await manager.save(Notification, { order_id: id, sequence, status: to_status });
    });
    return this.read(id, user);
  }
}

@Controller()
class ShopController {
  constructor(
    private readonly orders: OrdersService,
    private readonly jwt: JwtService,
    @InjectRepository(User) private readonly users: Repository<User>,
  ) {}

  @Get('health/ready')
  health(): object {
    return { status: 'ok' };
  }

  @Post('api/v1/auth/token')
  @HttpCode(200)
  async logIn(@Body() { username, password }: LogInDto): Promise<object> {
    const user = await this.users.findOneBy({ email: username.toLowerCase() });
    if (!user || !(await argon2.verify(user.hashed_password, password))) throw new UnauthorizedException();
    return {
      access_token: await this.jwt.signAsync({ sub: user.id, role: user.role }),
      token_type: 'bearer',
      expires_in: 1800,
    };
  }

  @UseGuards(AuthGuard('jwt'))
  @Post('api/v1/orders')
  async place(
    @Body() body: PlaceOrderDto,
    @Req() { user }: { user: User },
    @Res({ passthrough: true }) response: Response,
    @Headers('idempotency-key') key?: string,
  ): Promise<Order> {
    const { order, replayed } = await this.orders.place(user, body, key);
    if (replayed) response.status(200).setHeader('Idempotent-Replayed', 'true');
    return order;
  }

  @UseGuards(AuthGuard('jwt'))
  @Get('api/v1/orders/:id')
  read(@Param('id', ParseUUIDPipe) id: string, @Req() { user }: { user: User }): Promise<Order> {
    return this.orders.read(id, user);
  }

  @UseGuards(AuthGuard('jwt'))
  @Patch('api/v1/orders/:id/status')
  changeStatus(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { status }: StatusDto,
    @Req() { user }: { user: User },
  ): Promise<Order> {
    if (user.role !== 'manager') throw new ForbiddenException('Insufficient permissions');
    return this.orders.changeStatus(id, status, user);
  }
}

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: process.env.DATABASE_URL,
      poolSize: 10,
      entities: Object.values(entities),
      synchronize: false,
      installExtensions: false,
    }),
    TypeOrmModule.forFeature(Object.values(entities)),
    PassportModule,
    JwtModule.register({ secret: process.env.JWT_SECRET_KEY, signOptions: { expiresIn: '30m' } }),
    HttpModule.register({ httpAgent: new Agent({ keepAlive: true }) }),
  ],
  controllers: [ShopController],
  providers: [OrdersService, JwtStrategy],
})
class ShopModule {}

function lineOf(
  { product_id, variation_id, quantity }: LineDto,
  position: number,
  choices: Variation[],
): OrderItem {
  const choice = choices.find(({ id, product }) => id === variation_id && product.id === product_id);
  if (!choice)
    throw new BadRequestException(`Invalid product_id or variation_id: ${product_id}, ${variation_id}`);
  const product_base_price_cents = choice.product.base_price_cents;
  const variation_price_change_cents = choice.price_change_cents;
  const unit_price_cents = product_base_price_cents + variation_price_change_cents;
  return Object.assign(new OrderItem(), {
    position,
    product_id,
    variation_id,
    product_name: choice.product.name,
    variation_name: choice.name,
    quantity,
    product_base_price_cents,
    variation_price_change_cents,
    unit_price_cents,
    line_total_cents: unit_price_cents * quantity,
  });
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

const app = await NestFactory.create(ShopModule, { logger: ['error'] });
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
app.useGlobalInterceptors(new ClassSerializerInterceptor(app.get(Reflector)));
await app.listen(Number(process.env.PORT), '127.0.0.1');
