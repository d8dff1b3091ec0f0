import { Agent } from 'node:http';
import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthController } from './auth.controller.js';
import * as entities from './entities.js';
import { HealthController } from './health.controller.js';
import { JwtStrategy } from './jwt.strategy.js';
import { OrdersController } from './orders.controller.js';
import { OrdersService } from './orders.service.js';

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
  controllers: [HealthController, AuthController, OrdersController],
  providers: [OrdersService, JwtStrategy],
})
export class AppModule {}
