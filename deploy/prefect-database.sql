-- Prefect's server keeps its own tables apart from ours. Run once, when the database server is made.
CREATE DATABASE prefect OWNER jeopsu;
