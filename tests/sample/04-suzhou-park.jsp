<%@ page language="java" contentType="text/html; charset=UTF-8" pageEncoding="UTF-8"%>
<%@ taglib prefix="c" uri="http://java.sun.com/jsp/jstl/core"%>
<% String path = request.getContextPath(); %>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html>
<head>
<title>苏州工业园区：一家药企的二十分钟朋友圈</title>
<link rel="stylesheet" href="<%=path%>/css/main.css" type="text/css"/>
</head>
<body>
<jsp:include page="/common/header.jsp"/>
<div class="nav"><c:forEach items="${menu}" var="m"><a href="${m.url}">${m.name}</a></c:forEach></div>
<div class="main">
<div class="article">
<h1>苏州工业园区：一家药企的二十分钟朋友圈</h1>
<div class="info">2023年6月12日 长三角产经 责任编辑：陆青</div>
<div class="text">
<p>从澄湖生物医药有限公司的实验室出发，步行二十分钟，可以走到它的原料供应商、检测伙伴和投资人那里。这家做抗体药的公司七年前落户苏州生物医药产业园，如今已有三个品种进入临床。</p>
<p>苏州生物医药产业园位于苏州工业园区（以下简称“园区”），由苏州工业园区生物产业发展有限公司运营。信达生物、基石药业、康宁杰瑞都在这里长大。澄湖生物董事长沈知远说，公司需要的填料由同园的纳微科技供应，临床试验则与苏州大学附属第一医院合作。</p>
<p>生物医药之外，园区还重点发展纳米技术应用和人工智能，三者被称为三大新兴产业。苏州纳米城入驻了三百多家纳米企业，其中包括从事第三代半导体的晶澜半导体科技有限公司；在独墅湖科教创新区，中国科学院苏州纳米技术与纳米仿生研究所与西交利物浦大学共建了材料表征平台。微软在园区设有苏州研究院，华为的苏州研究所也在这里，专注企业网络和云服务。</p>
<p>1994年，中国和新加坡两国合作设立苏州工业园区，负责开发的是中新苏州工业园区开发集团股份有限公司。这家公司后来把同样的办法带到了滁州，苏滁现代产业园就是由它投资建设的，以高端装备制造、新能源和营养健康为主导产业。</p>
<p>今年上半年，园区再签下一批项目。德国博世集团将在园区建设新能源汽车核心部件研发和制造基地，总投资约七十亿元；三星电子半导体封测工厂扩建项目正式开工；曾在园区设厂的旭日光学（苏州）有限公司则已于去年迁出，搬往泰州医药高新区附近的新厂。</p>
<p>“如果没有集聚，我们不会选择苏州。”沈知远这样总结。</p>
</div>
</div>
</div>
<jsp:include page="/common/footer.jsp"/>
<script type="text/javascript">var t='<%=path%>';</script>
</body>
</html>
