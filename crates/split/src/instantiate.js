// Streaming fails in some Android WebViews: then download first and compile after. The second
// fetch comes from the HTTP cache.
async function instantiate(source, imports) {
    let reply = await source;
    if (!reply.ok) throw new Error("HTTP " + reply.status + " for " + reply.url);
    if (WebAssembly.instantiateStreaming) {
        try {
            return await WebAssembly.instantiateStreaming(reply, imports);
        } catch (error) {
            if (error instanceof WebAssembly.LinkError) throw error;
            reply = await fetch(reply.url);
        }
    }
    return WebAssembly.instantiate(await reply.arrayBuffer(), imports);
}
