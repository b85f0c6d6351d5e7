"""Reads the formats of a folder with the libraries of others, and prints what they found as JSON."""

import json
import sys

from google.protobuf import json_format
from hdrh.histogram import HdrHistogram
from hdrh.log import HistogramLogReader
from junitparser import JUnitXml
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)
from prometheus_client.openmetrics.parser import text_string_to_metric_families

HIGHEST_NS = 2**36 - 1


def text(name):
    with open(f"{sys.argv[1]}/{name}", encoding="utf-8") as file:
        return file.read()


def openmetrics():
    families = text_string_to_metric_families(text("openmetrics.txt"))
    return [
        {
            "name": family.name,
            "type": family.type,
            "unit": family.unit,
            "samples": [[s.name, s.labels, s.value] for s in family.samples],
        }
        for family in families
    ]


def otlp():
    request = json_format.Parse(text("otlp.json"), ExportMetricsServiceRequest())
    [resource] = request.resource_metrics
    [scope] = resource.scope_metrics
    return [
        {
            "name": metric.name,
            "unit": metric.unit,
            "data": metric.WhichOneof("data"),
            "points": [
                {
                    "labels": {a.key: a.value.string_value for a in point.attributes},
                    "value": point.count
                    if metric.HasField("histogram")
                    else getattr(point, point.WhichOneof("value")),
                    "buckets": sum(point.bucket_counts)
                    if metric.HasField("histogram")
                    else None,
                    "fits": not metric.HasField("histogram")
                    or len(point.bucket_counts) == len(point.explicit_bounds) + 1,
                }
                for point in getattr(metric, metric.WhichOneof("data")).data_points
            ],
        }
        for metric in scope.metrics
    ]


def hlog():
    reader = HistogramLogReader(
        f"{sys.argv[1]}/latencies.hlog", HdrHistogram(1, HIGHEST_NS, 3)
    )
    intervals = []
    while (histogram := reader.get_next_interval_histogram()) is not None:
        intervals.append(
            {
                "tag": histogram.get_tag(),
                "count": histogram.get_total_count(),
                "max": histogram.get_max_value(),
                "p50": histogram.get_value_at_percentile(50),
            }
        )
    return intervals


def junit():
    return [
        {
            "name": suite.name,
            "cases": [
                [case.classname, case.name, [type(r).__name__ for r in case.result]]
                for case in suite
            ],
        }
        for suite in JUnitXml.fromstring(text("junit.xml").encode())
    ]


json.dump(
    {"openmetrics": openmetrics(), "otlp": otlp(), "hlog": hlog(), "junit": junit()},
    sys.stdout,
)
