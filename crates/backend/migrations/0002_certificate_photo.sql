-- A certificate keeps the photo that it was issued with, and its holder may read it, whatever photo
-- a newer folder brings.
ALTER TABLE certificates ADD COLUMN photo TEXT REFERENCES media (hash);

-- A certificate issued before now names its photo only in its document, at the very end:
-- …/api/v1/media/{64 digits}.jpg"}
UPDATE certificates SET photo = substr(document, length(document) - 69, 64)
WHERE document LIKE '%"photo_url":"/api/v1/media/%.jpg"}'
  AND substr(document, length(document) - 69, 64) IN (SELECT hash FROM media);
