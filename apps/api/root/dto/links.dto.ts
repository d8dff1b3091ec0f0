import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class LinksDto {
  @ApiProperty({ example: 'Coffee Shop Order API' })
  message: string;

  @ApiProperty({ example: '/docs' })
  docs: string;

  @ApiProperty({ example: '/board', description: "The counter's page" })
  board: string;

  @ApiProperty({ example: '1.0.0' })
  version: string;

  @ApiProperty({ example: '/api/v1/menu' })
  menu: string;

  @ApiProperty({ example: '/health/ready' })
  health: string;

  @ApiPropertyOptional({
    description: 'Simulates the providers, in development',
    example: 'http://127.0.0.1:8001',
  })
  sandbox?: string;
}
