// Stands in for exporters and propagators that OpenTelemetry's Node SDK loads and that only its environment variables select.
// The app exports to Azure Monitor and to nothing else.
module.exports = {};
