import { IsLocalDate } from '../../times/local-date.js';

export class DayDto {
  @IsLocalDate()
  date: string;
}
