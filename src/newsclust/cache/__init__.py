"""What lies in the cache folder: entries under the hash of what made them.

`folder` says where it is, `working` what newsclust is made of here, `entries` holds bytes by their keys, `known` asks
for an answer before it is found.
"""
