-- What the API and the worker do in the database, and nothing more: no tables made or dropped, no order, payment or user deleted.
-- Migrations and seeds run as the owner; afterwards, as the owner too, with the role's name:
--   psql "$OWNER_DATABASE_URL" -v ON_ERROR_STOP=1 -v role=coffee_app -f docs/database-role.sql
GRANT USAGE ON SCHEMA public TO :"role";
GRANT SELECT ON migrations TO :"role";
GRANT SELECT, INSERT, UPDATE (hashed_password, role, disabled, tokens_valid_after) ON users TO :"role";
GRANT SELECT, INSERT, UPDATE (expires_at, rotations), DELETE ON sessions TO :"role";
GRANT SELECT, INSERT, UPDATE (rotated_at) ON refresh_tokens TO :"role";
GRANT SELECT, INSERT, DELETE ON stream_tickets TO :"role";
GRANT SELECT, INSERT ON audit_log TO :"role";
GRANT SELECT, INSERT, UPDATE ON products, product_variations, orders, order_placements, refunds, notifications TO :"role";
GRANT SELECT, UPDATE ON shop_settings TO :"role";
GRANT SELECT, INSERT ON order_items, order_status_transitions, placement_resolutions, refund_resolutions TO :"role";
GRANT SELECT, INSERT, UPDATE (response_payload) ON payments TO :"role";
GRANT SELECT, INSERT, DELETE ON notification_attempts TO :"role";
GRANT SELECT, UPDATE (created_at, id) ON cleanup_positions TO :"role";
GRANT USAGE ON SEQUENCE order_numbers TO :"role";
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys, login_failures, known_logins, registration_attempts TO :"role";
