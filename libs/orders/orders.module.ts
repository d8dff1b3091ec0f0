import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '#auth';
import { NotificationsModule } from '#notifications';
import { PaymentsModule } from '#payments';
import { ORDER_ENTITIES } from './orders.entities.js';
import { OrdersRepository } from './orders.repository.js';
import { OrdersService } from './orders.service.js';

/** Placed orders: read, listed, moved through their statuses. */
@Module({
  imports: [TypeOrmModule.forFeature(ORDER_ENTITIES), AuthModule, NotificationsModule, PaymentsModule],
  providers: [OrdersService, OrdersRepository],
  exports: [OrdersService],
})
export class OrdersModule {}
