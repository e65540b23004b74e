-- Run once by the superuser, in a new volume: makes the role that MyCount signs in as. It is an ordinary one, which owns
-- its database and has no say in anything else, so that whoever took MyCount over would not have the server as well.
\getenv password POSTGRES_PASSWORD
CREATE ROLE mycount LOGIN PASSWORD :'password';
ALTER DATABASE mycount OWNER TO mycount;
REVOKE ALL ON DATABASE mycount FROM PUBLIC;
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;

-- Without a password, nobody signs in as the superuser over the network: only `docker compose exec db` does.
ALTER ROLE CURRENT_USER PASSWORD NULL;
