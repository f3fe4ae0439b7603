// What JMeter's own reader makes of a JTL in XML, as JSON: `GroovyMain read-xml.groovy JMETER_HOME out.xml`.
import groovy.json.JsonOutput
import org.apache.jmeter.reporters.ResultCollector
import org.apache.jmeter.reporters.ResultCollectorHelper
import org.apache.jmeter.samplers.SampleResult
import org.apache.jmeter.save.SaveService
import org.apache.jmeter.util.JMeterUtils
import org.apache.jmeter.visualizers.Visualizer

JMeterUtils.setJMeterHome(args[0])
JMeterUtils.loadJMeterProperties(args[0] + '/bin/jmeter.properties')
JMeterUtils.initLocale()

def read
read = { SampleResult result -> [
  type: result.class.simpleName,
  timeStamp: result.timeStamp,
  elapsed: result.time,
  label: result.sampleLabel,
  responseCode: result.responseCode,
  responseMessage: result.responseMessage,
  threadName: result.threadName,
  dataType: result.dataType,
  success: result.successful,
  failureMessage: result.assertionResults.collect { it.failureMessage },
  bytes: result.bytesAsLong,
  sentBytes: result.sentBytes,
  grpThreads: result.groupThreads,
  allThreads: result.allThreads,
  URL: result.URL as String,
  Latency: result.latency,
  IdleTime: result.idleTime,
  Connect: result.connectTime,
  data: result.responseDataAsString,
  responseHeaders: result.responseHeaders,
  requestHeaders: result.requestHeaders,
  parts: result.subResults.collect(read)
] }

def results = []
def visualizer = [add: { SampleResult result -> results << read(result) }, isStats: { false }] as Visualizer
new File(args[1]).withInputStream {
  SaveService.loadTestResults(it, new ResultCollectorHelper(new ResultCollector(), visualizer))
}
println JsonOutput.toJson(results)
